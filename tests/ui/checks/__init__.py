"""What must hold of every screen: pure functions on what stands on a window, and on its picture."""
