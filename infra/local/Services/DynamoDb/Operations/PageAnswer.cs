using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Tables;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <summary>What Query and Scan do alike with Select and with the page that was read.</summary>
internal static class PageAnswer
{
    /// <remarks>Source of the texts: tests of getmoto/moto that were made against AWS.</remarks>
    /// <exception cref="Wire.AwsException">ValidationException: no such choice, or none that fits the other
    /// parameters.</exception>
    public static void CheckSelect(string? select, string? projection, string? index)
    {
        Parameters.OneOf(select, "select",
            "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");
        if (index is not null)
            new ModelConstraints().Length("indexName", index, 3, 255).ThrowIfAny();
        if (index is null && select == "ALL_PROJECTED_ATTRIBUTES")
            throw Broken("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        if (select == "SPECIFIC_ATTRIBUTES" && projection is null)
            throw Broken(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        if (select is not (null or "SPECIFIC_ATTRIBUTES") && projection is not null)
            throw Broken("Cannot specify the ProjectionExpression when choosing to get "
                + (select == "COUNT" ? "only the Count" : select));
    }

    /// <summary>What is read of the table or of one of its indexes.</summary>
    public static IndexRead Read(string? index, string? select, Projection? projection, bool? isConsistent) =>
        new(index, select, projection?.Attributes, isConsistent == true);

    public static PageResponse Of(Page page, string? select, Projection? projection) => new(
        select == "COUNT" ? null : [.. page.Items.Select(item => projection?.Apply(item) ?? item)],
        page.Items.Count, page.ScannedCount, page.LastKey);

    private static Wire.AwsException Broken(string rule) => DynamoDbErrors.Request(rule, RequestFault.Prefix + rule);
}
