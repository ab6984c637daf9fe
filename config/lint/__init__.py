"""The linter of service files: proves what a matter promises, and says where a file falls short.

Pure: `config.lint.check.lint` takes a matter and what stands beside it, and gives findings. Every path is
looked at; where that would be too many, a sample by seed, and the finding `sampled` says so.
"""
