"""The municipalities of the simulator and their residents, divided by a number:

    municipalities.py 5
    0101 153520
"""

import sys

import yaml

divisor = float(sys.argv[1])
with open("Sources/Simulation/Resources/levels.yaml", encoding="utf-8") as file:
    found = yaml.safe_load(file)["municipalities"]
for municipality in found:
    print(f"{municipality['code']:04} {max(100, round(municipality['population'] / divisor))}")
