"""What agents say (requirements.md 4.7): sentences by situation, edited in versions that agents acknowledge."""
