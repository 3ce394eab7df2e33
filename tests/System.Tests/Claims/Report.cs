using System.Globalization;
using System.Text.RegularExpressions;

namespace Isobar.Stories.Claims;

/// <summary>The REPORT line of an invocation; times in milliseconds.</summary>
/// <param name="Init">Null when the environment was there already.</param>
internal sealed partial record Report(double Duration, double Billed, double? Init)
{
    public static Report Parse(string line)
    {
        double? Number(string name) => Part().Matches(line).Where(part => part.Groups["name"].Value == name)
            .Select(part => (double?)double.Parse(part.Groups["ms"].Value, CultureInfo.InvariantCulture))
            .SingleOrDefault();

        return new Report(Number("Duration")!.Value, Number("Billed Duration")!.Value, Number("Init Duration"));
    }

    [GeneratedRegex(@"\t(?<name>[\w ]+): (?<ms>[\d.]+) ms")]
    private static partial Regex Part();
}
