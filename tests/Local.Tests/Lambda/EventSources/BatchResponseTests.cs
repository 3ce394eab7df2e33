using System.Text;
using Isobar.Local.Lambda.EventSources;

namespace Isobar.Local.Tests.Lambda.EventSources;

public sealed class BatchResponseTests
{
    private static readonly HashSet<string> Batch = ["a", "b", "c"];

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"batchItemFailures":[]}""")]
    [InlineData("""{"batchItemFailures":null}""")]
    [InlineData("""{"statusCode":200}""")]
    public void These_answers_mean_that_the_whole_batch_succeeded(string answer) => Assert.Empty(Failures(answer)!);

    [Theory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"b"}]}""", "b")]
    [InlineData(
        """{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"c"},{"itemIdentifier":"a"}]}""", "a,c")]
    public void Named_messages_failed_and_the_others_succeeded(string answer, string failed) =>
        Assert.Equal(failed.Split(','), Failures(answer)!.Order());

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("\"done\"")]
    [InlineData("""{"batchItemFailures":"a"}""")]
    [InlineData("""{"batchItemFailures":["a"]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""")]
    [InlineData("""{"batchItemFailures":[{"foo":"a"}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":1}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"\ud800"}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"z"}]}""")]
    public void These_answers_make_the_whole_batch_a_failure(string answer) => Assert.Null(Failures(answer));

    private static IReadOnlySet<string>? Failures(string answer) =>
        BatchResponse.Failures(Encoding.UTF8.GetBytes(answer), Batch);
}
