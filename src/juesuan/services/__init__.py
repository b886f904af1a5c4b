"""What the services of app.py are made of: loading, building, preparing, publishing, annotating, sites …

Each works on several rooms; none knows of the command line.
"""
