"""View-models: what each screen shows and what its controls do, typed for QML and for mypy alike.

A model is a frozen projection of one session value in one language: a new value, or a change of language,
makes a new model, and the view that is already there takes it. What is half typed lives in the view.
"""
