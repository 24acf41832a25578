"""What runs in every process of a test run: it imports nothing of ours."""
