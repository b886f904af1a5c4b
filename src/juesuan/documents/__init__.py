"""Files (文件) and documents: a reader and, later, a writer per format. Knows layout, nothing of accounts."""
