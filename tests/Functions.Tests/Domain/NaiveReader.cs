using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Isobar.Functions.Tests.Domain;

/// <summary>What became of one row, as simply as it can be told.</summary>
internal sealed record NaiveRow(long Offset, long Line, string Outcome, string[] Fields);

/// <summary>
/// The rules of application.md read off the page, over a whole file at once, with strings and regular expressions:
/// slow, obvious, and sharing nothing with the domain.
/// </summary>
internal static partial class NaiveReader
{
    public static List<NaiveRow> Rows(byte[] file)
    {
        var rows = new List<NaiveRow>();
        // Latin-1 keeps a character a byte, so that offsets in the text are offsets in the file.
        var text = Encoding.Latin1.GetString(file);
        var number = 0;
        for (var start = 0; start < text.Length;)
        {
            number++;
            var feed = text.IndexOf('\n', start);
            var end = feed < 0 ? text.Length : feed;
            var line = text[start..end];
            if (feed >= 0 && line.EndsWith('\r')) line = line[..^1];
            var offset = start;
            if (start == 0 && line.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal))
                (line, offset) = (line[3..], 3);
            var header = start == 0 && line.Split(',')[0] == "ID" && line.Length <= 4096 && !line.Contains('\r');
            if (line.Length > 0 && !header) rows.Add(new NaiveRow(offset, number, Outcome(line), line.Split(',')));
            start = end + 1;
        }

        return rows;
    }

    private static string Outcome(string line)
    {
        if (line.Length > 4096) return "row:length";
        if (line.StartsWith("ID,", StringComparison.Ordinal)) return "row:header";
        var field = line.Split(',');
        if (field.Length is < 7 or > 8) return "row:fields";
        if (field[0].Length != 11) return "id:length";
        if (!Id().IsMatch(field[0])) return "id:characters";
        if (!Date().IsMatch(field[1])) return "date:format";
        if (int.Parse(field[1][..4]) is < 1700 or > 2199) return "date:year";
        if (!DateOnly.TryParseExact(field[1], "yyyyMMdd", CultureInfo.InvariantCulture, default, out _))
            return "date:calendar";
        if (field[2].Length != 4) return "element:length";
        if (!Element().IsMatch(field[2])) return "element:characters";
        if (!Value().IsMatch(field[3])) return "value:format";
        if (!IsFlag(field[4])) return "m_flag:length";
        if (!IsFlag(field[5])) return "q_flag:length";
        if (!IsFlag(field[6])) return "s_flag:length";
        if (field.Length == 8 && field[7].Trim(' ') != "")
        {
            if (!Time().IsMatch(field[7])) return "time:format";
            if (int.Parse(field[7]) > 2400) return "time:range";
        }

        if (int.Parse(field[3]) == -9999) return "missing";
        return field[5].Trim(' ') == "" ? "accepted" : "quality:" + field[5];
    }

    private static bool IsFlag(string latin)
    {
        if (latin.Trim(' ') == "") return true;
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Encoding.Latin1.GetBytes(latin));
            return text.EnumerateRunes().Count() < 2;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A[A-Z0-9_-]{11}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[0-9]{8}\z")]
    private static partial Regex Date();

    [GeneratedRegex(@"\A[A-Z0-9]{4}\z")]
    private static partial Regex Element();

    [GeneratedRegex(@"\A-?[0-9]{1,6}\z")]
    private static partial Regex Value();

    [GeneratedRegex(@"\A[0-9]{4}\z")]
    private static partial Regex Time();
}
