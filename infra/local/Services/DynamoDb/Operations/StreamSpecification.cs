using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <summary>What CreateTable and UpdateTable say about a table's stream, and DescribeTable answers.</summary>
/// <remarks>
/// Source: Amazon DynamoDB API Reference, StreamSpecification; the texts as AWS answered them in October 2026, noted in
/// the findings of ack-api-quirks.
/// </remarks>
internal sealed record StreamSpecification(bool? StreamEnabled, string? StreamViewType)
{
    private static readonly string[] Views = ["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"];

    /// <returns>Null when nothing was specified.</returns>
    /// <exception cref="AwsException">ValidationException.</exception>
    public static StreamChange? Read(StreamSpecification? specification)
    {
        if (specification is null) return null;
        var (enabled, view) = specification;
        if (enabled is null)
            throw DynamoDbErrors.Constraint(null, "streamSpecification.streamEnabled", "Member must not be null");
        Parameters.OneOf(view, "streamSpecification.streamViewType", Views);
        if (enabled == true && view is null) throw DynamoDbErrors.StreamWithoutView();
        if (enabled == false && view is not null) throw DynamoDbErrors.ViewWithoutStream();
        return new StreamChange(view);
    }
}
