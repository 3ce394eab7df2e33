namespace Isobar.Local.Services.Sqs;

/// <summary>What can be set on a FIFO queue beside what every queue has.</summary>
/// <param name="ContentBasedDeduplication">Whether the SHA-256 of the body stands in for a deduplication id.</param>
/// <param name="DeduplicatesByGroup">DeduplicationScope is <c>messageGroup</c>, not <c>queue</c>.</param>
/// <param name="IsLimitedByGroup">FifoThroughputLimit is <c>perMessageGroupId</c>, not <c>perQueue</c>; only with
/// <paramref name="DeduplicatesByGroup"/>. This host limits no throughput.</param>
internal sealed record FifoSettings(bool ContentBasedDeduplication, bool DeduplicatesByGroup, bool IsLimitedByGroup)
{
    public const string FifoQueue = nameof(FifoQueue);

    private const string Scope = "DeduplicationScope";
    private const string Limit = "FifoThroughputLimit";
    private const string PerGroup = "perMessageGroupId";

    /// <summary>The attributes that only FIFO queues have.</summary>
    public static IReadOnlyList<string> Attributes { get; } =
        [FifoQueue, nameof(ContentBasedDeduplication), Scope, Limit];

    public static FifoSettings Default { get; } = new(false, false, false);

    /// <summary>Applies one of <see cref="Attributes"/>.</summary>
    /// <exception cref="Wire.AwsException">InvalidAttributeValue.</exception>
    public FifoSettings Apply(string name, string? value) => name switch
    {
        FifoQueue => ReadBoolean(name, value)
            ? this
            : throw SqsErrors.InvalidAttributeValue(name, "Modifying queue type is not supported."),
        nameof(ContentBasedDeduplication) => this with { ContentBasedDeduplication = ReadBoolean(name, value) },
        Scope => this with { DeduplicatesByGroup = ReadChoice(name, value, "queue", "messageGroup") },
        _ => this with { IsLimitedByGroup = ReadChoice(name, value, "perQueue", PerGroup) },
    };

    /// <summary>Checks the settings against each other.</summary>
    /// <remarks>Source of the rule: Amazon SQS API Reference, CreateQueue; AWS's words are not known.</remarks>
    /// <exception cref="Wire.AwsException">InvalidAttributeValue.</exception>
    public void Check()
    {
        if (IsLimitedByGroup && !DeduplicatesByGroup)
            throw SqsErrors.InvalidAttributeValue(
                Limit, $"{PerGroup} is allowed only when {Scope} is messageGroup.");
    }

    public IEnumerable<KeyValuePair<string, string>> Write() =>
    [
        new(FifoQueue, "true"),
        new(nameof(ContentBasedDeduplication), ContentBasedDeduplication ? "true" : "false"),
        new(Scope, DeduplicatesByGroup ? "messageGroup" : "queue"),
        new(Limit, IsLimitedByGroup ? PerGroup : "perQueue"),
    ];

    public static bool IsTrue(string? value) => bool.TryParse(value, out var isTrue) && isTrue;

    // AWS takes "True" as well.
    private static bool ReadBoolean(string name, string? value) =>
        bool.TryParse(value, out var isTrue) ? isTrue : throw SqsErrors.InvalidAttributeValue(name);

    private static bool ReadChoice(string name, string? value, string whole, string byGroup) =>
        value == byGroup || (value == whole ? false : throw SqsErrors.InvalidAttributeValue(name));
}
