"""Articles: what the voice menu says and the desk reads about a topic, in versions."""
