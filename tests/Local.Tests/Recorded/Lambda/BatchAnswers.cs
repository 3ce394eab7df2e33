namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>
/// What functions answer to a batch of a stream, where failures may be reported. AWS takes these alike for the streams
/// of tables and of Kinesis.
/// </summary>
internal static class BatchAnswers
{
    /// <summary>They fail the batch as a whole.</summary>
    public static readonly (string Name, string Answer)[] Failures =
    [
        ("an empty identifier", """{"batchItemFailures":[{"itemIdentifier":""}]}"""),
        ("a null identifier", """{"batchItemFailures":[{"itemIdentifier":null}]}"""),
        ("another member", """{"batchItemFailures":[{"foo":"x"}]}"""),
        ("another member that is null", """{"batchItemFailures":[{"foo":null}]}"""),
        ("a number that is not in the batch", """{"batchItemFailures":[{"itemIdentifier":"123-456"}]}"""),
    ];

    /// <summary>They report no failure.</summary>
    public static readonly (string Name, string Answer)[] Successes =
    [
        ("an empty list", "[]"), ("null", "null"), ("an empty object", "{}"),
        ("an empty list of failures", """{"batchItemFailures":[]}"""),
        ("no list of failures", """{"batchItemFailures":null}"""), ("an empty text", "\"\""),
    ];
}
