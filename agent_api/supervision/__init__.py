"""What supervisors see (the floor) and do there; every act is audited."""
