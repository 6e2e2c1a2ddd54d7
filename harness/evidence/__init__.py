"""What a person sees of a run: Allure's results, and the report made from them."""
