"""What Asterisk says, by manager event or call record, as facts. The only place that knows Asterisk's names."""
