"""The months of every station of a file of GHCN-Daily rows, from the rules of the data alone.

Shares no code with Isobar. The rules are those of NOAA's readme for GHCN-Daily (units, elements, flags) and of Isobar's
documents (which rows are accepted, how a mean is rounded). Prints JSON: for each station, its months in order, with the
names and the numbers of GET /stations/{id}/months.
"""
import calendar
import collections
import fractions
import gzip
import json
import re
import sys

MOST_BYTES = 4096


def accepted(row):
    """(station, year, month, day, element, value) of an accepted row, else None."""
    if len(row) > MOST_BYTES:
        return None
    try:
        fields = row.decode("utf-8").split(",")
    except UnicodeDecodeError:
        return None
    if len(fields) not in (7, 8):
        return None
    station, date, element, value, measurement, quality, source = fields[:7]
    time = fields[7] if len(fields) == 8 else ""
    if not (re.fullmatch(r"[A-Z0-9_-]{11}", station) and re.fullmatch(r"[0-9]{8}", date)
            and re.fullmatch(r"[A-Z0-9]{4}", element) and re.fullmatch(r"-?[0-9]{1,6}", value)):
        return None
    year, month, day = int(date[:4]), int(date[4:6]), int(date[6:])
    if not (1700 <= year <= 2199 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    if any(len(flag) > 1 and flag.strip(" ") for flag in (measurement, quality, source)):
        return None
    if time.strip(" ") and not (re.fullmatch(r"([01][0-9]|2[0-3])[0-5][0-9]|2400", time)):
        return None
    if int(value) == -9999 or quality.strip(" "):
        return None
    return station, year, month, day, element, int(value)


def rows(path):
    with open(path, "rb") as file:
        content = file.read()
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    for line in content.split(b"\n"):
        yield line[:-1] if line.endswith(b"\r") else line


def rounded(tenths):
    """A fraction of tenths in whole tenths, half to even, as a number with one decimal."""
    return round(tenths) / 10


def month_of(month, observed):
    values = collections.defaultdict(list)
    for _, element, value in observed:
        values[element].append(value)
    result = {"month": month, "days": len({day for day, _, _ in observed})}
    if "TMAX" in values:
        result["meanTmax"] = rounded(fractions.Fraction(sum(values["TMAX"]), len(values["TMAX"])))
        result["highestTmax"] = max(values["TMAX"]) / 10
    if "TMIN" in values:
        result["meanTmin"] = rounded(fractions.Fraction(sum(values["TMIN"]), len(values["TMIN"])))
        result["lowestTmin"] = min(values["TMIN"]) / 10
    if "PRCP" in values:
        result["totalPrcp"] = sum(values["PRCP"]) / 10
    result["wetDays"] = len({day for day, element, value in observed if element == "PRCP" and value >= 10})
    if "SNOW" in values:
        result["totalSnow"] = sum(values["SNOW"])
    if "SNWD" in values:
        result["largestSnwd"] = max(values["SNWD"])
    result["elements"] = {element: len(values[element]) for element in sorted(values)}
    result["accepted"] = len(observed)
    return result


def main(path):
    months = collections.defaultdict(list)
    for row in map(accepted, rows(path)):
        if row:
            station, year, month, day, element, value = row
            months[station, f"{year:04}-{month:02}"].append((day, element, value))
    stations = collections.defaultdict(list)
    for (station, month), observed in sorted(months.items()):
        stations[station].append(month_of(month, observed))
    print(json.dumps(stations))


main(sys.argv[1])
