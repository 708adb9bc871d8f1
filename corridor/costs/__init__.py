"""What an option costs: drive time, drivers' hours, border time, money by component, CO2e."""
