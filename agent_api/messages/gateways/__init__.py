"""One gateway for each channel. Each turns a message into facts of the workflow; none touches the database."""
