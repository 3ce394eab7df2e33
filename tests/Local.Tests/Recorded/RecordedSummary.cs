using System.Reflection;
using System.Text;

namespace Isobar.Local.Tests.Recorded;

/// <summary>What the tests of this project say about the cases they restate, as the README tells it.</summary>
internal static class RecordedSummary
{
    private const string Begin = "<!-- Written by RecordedSummaryTests. -->\n";
    private const string End = "<!-- The end of what is written. -->\n";

    /// <summary>Every case, by service and then by name.</summary>
    public static IReadOnlyList<RecordedCaseAttribute> Cases { get; } =
    [
        .. typeof(RecordedSummary).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<RecordedCaseAttribute>())
            .OrderBy(recorded => recorded.Origin, StringComparer.Ordinal),
    ];

    public static string ServiceOf(RecordedCaseAttribute recorded) => recorded.Origin.Split(": ")[0];

    /// <summary>The README with the present summary between its two marks.</summary>
    public static string Write(string readme)
    {
        var (begin, end) = (
            readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length,
            readme.IndexOf(End, StringComparison.Ordinal));
        return $"{readme[..begin]}\n{Table()}\n{Differences()}\n{NotCompared()}\n{readme[end..]}";
    }

    private static string Table()
    {
        var text = new StringBuilder(
            "| Service | Cases | Same answer as AWS | Differ |\n| --- | ---: | ---: | ---: |\n");
        foreach (var service in Cases.GroupBy(ServiceOf)) Row(service.Key, [.. service]);
        Row("together", Cases);
        return text.ToString();

        void Row(string name, IReadOnlyCollection<RecordedCaseAttribute> cases)
        {
            var differ = cases.Count(recorded => recorded.Differs is not null);
            text.Append(null, $"| {name} | {cases.Count} | {cases.Count - differ} | {differ} |\n");
        }
    }

    private static string NotCompared()
    {
        var text = new StringBuilder("| Not compared | In its place |\n| --- | --- |\n");
        Row("headers", AnswerText.LeftOut, "left out");
        Row("headers of a document", ["content-length", "content-type"], "left out");
        foreach (var same in AnswerText.Placeholders.GroupBy(field => field.Value).OrderBy(same => same.Key))
            Row("fields", same.Select(field => field.Key), same.Key);
        foreach (var same in AnswerText.Kinds.GroupBy(field => field.Value).OrderBy(same => same.Key))
            Row("fields and headers", same.Select(field => field.Key),
                $"<{same.Key}:1>, <{same.Key}:2> and so on: the same number wherever the same value comes again");
        return text.ToString();

        void Row(string what, IEnumerable<string> names, string instead)
        {
            var marked = instead.Replace("<", "`<", StringComparison.Ordinal)
                .Replace(">", ">`", StringComparison.Ordinal);
            text.Append(null, $"| {what} {string.Join(", ", names.Select(name => $"`{name}`"))} | {marked} |\n");
        }
    }

    private static string Differences()
    {
        var text = new StringBuilder("| Differs | Why |\n| --- | --- |\n");
        foreach (var recorded in Cases.Where(recorded => recorded.Differs is not null))
            text.Append(null, $"| `{recorded.Origin}` | {recorded.Differs} |\n");
        return text.ToString();
    }
}
