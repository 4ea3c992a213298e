"""The workflow monitor (工作流监控): where all work stands, what is stuck, what will be late. Reads, never writes."""
