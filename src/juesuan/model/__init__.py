"""The shared vocabulary: amounts, places, documents, keys, facts, reports, findings. Imports nothing of ours."""
