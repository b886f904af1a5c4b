"""What the field knows, as data files with small loaders: forms, classifications, equations, places."""
