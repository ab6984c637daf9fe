"""The side that lives for one citizen: stages, journey, sealing, and the work behind each stage."""
