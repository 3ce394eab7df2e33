using System.Text.RegularExpressions;
using Isobar.Local.Lineage;

namespace Isobar.Local.Tests.Lineage;

public sealed class EventRetriesTests
{
    public static TheoryData<string> Functions => [.. RequestLineage.Events.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_functions_attempts_and_its_queue_are_those_of_the_template(string function)
    {
        var text = Regex.Match(
            File.ReadAllText(Template()), $@"^  {function}Function:$(.*?)^  \S", RegexOptions.Multiline
            | RegexOptions.Singleline).Value;
        var expected = RequestLineage.Events[function];
        var config = Regex.Match(text, @"^      EventInvokeConfig:$(\n        .*)+", RegexOptions.Multiline).Value;
        var retries = Regex.Match(config, @"MaximumRetryAttempts: (\d)");
        Assert.Equal(expected.Attempts, retries.Success ? int.Parse(retries.Groups[1].Value) + 1 : 3);
        // A destination of failures, or a dead-letter queue.
        Assert.Contains($"!GetAtt {expected.Queue}.Arn", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "0")]
    [InlineData(2, "0 and 1")]
    [InlineData(3, "0, 1 and 3")]
    public void Attempts_are_at_minutes(int attempts, string minutes) =>
        Assert.Equal(minutes, new EventRetries("q", attempts).Minutes);

    private static string Template()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "template.yaml")))
                return Path.Combine(folder.FullName, "template.yaml");
        throw new InvalidOperationException("There is no template above this folder.");
    }
}
