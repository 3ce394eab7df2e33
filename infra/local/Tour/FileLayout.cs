using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Isobar.Local.Tour;

/// <summary>Says in a few words what a file is when none of its rows is in the layout of GHCN-Daily's .csv.</summary>
internal static partial class FileLayout
{
    private const int SampleBytes = 4_096;
    private const int ShownCharacters = 60;

    /// <returns>A clause without a full stop.</returns>
    public static async Task<string> DescribeAsync(string file, CancellationToken cancellationToken)
    {
        var beginning = await BeginningAsync(file, cancellationToken);
        var text = Encoding.UTF8.GetString(beginning).TrimStart('\uFEFF');
        var line = text.Split('\n', '\r')[0];
        return line switch
        {
            _ when beginning.Contains((byte)0) => "it is not text in ASCII or UTF-8",
            _ when MonthLine().IsMatch(line) => "it is in the .dly layout, a month a line; take the station's .csv",
            _ when line.StartsWith('"') => "its fields are in quotes, and the layout knows none",
            _ when text.Contains('\r') && !text.Contains('\n') => "its lines end in CR, not in LF or CR LF",
            _ when !line.Contains(',') && line.Contains(';') => "its fields are separated by semicolons, not commas",
            _ when !line.Contains(',') && line.Contains('\t') => "its fields are separated by tabs, not commas",
            _ => $"its first line begins {line[..Math.Min(line.Length, ShownCharacters)]}",
        };
    }

    private static async Task<byte[]> BeginningAsync(string file, CancellationToken cancellationToken)
    {
        await using var stored = File.OpenRead(file);
        var sample = new byte[SampleBytes];
        var length = await stored.ReadAtLeastAsync(
            sample, sample.Length, throwOnEndOfStream: false, cancellationToken);
        if (sample is not [0x1F, 0x8B, ..]) return sample[..length];
        stored.Position = 0;
        await using var content = new GZipStream(stored, CompressionMode.Decompress);
        length = await content.ReadAtLeastAsync(sample, sample.Length, throwOnEndOfStream: false, cancellationToken);
        return sample[..length];
    }

    // Station, year, month and element, then 31 values of five digits with three flags each.
    // Source: NOAA NCEI, GHCN-Daily readme.txt, "Format of data files (.dly files)".
    [GeneratedRegex(@"^[A-Z0-9_-]{11}[0-9]{6}[A-Z0-9]{4}[ 0-9-]{5}.{3}")]
    private static partial Regex MonthLine();
}
