"""What a centre words for itself and those below it use until they have their own: versioned, whole documents."""
