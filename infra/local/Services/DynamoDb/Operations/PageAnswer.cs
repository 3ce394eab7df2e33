using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Tables;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <summary>What Query and Scan do alike with Select and with the page that was read.</summary>
internal static class PageAnswer
{
    /// <exception cref="Wire.AwsException">ValidationException: no such choice, or none that fits the other
    /// parameters.</exception>
    public static void CheckSelect(string? select, string? projection, string? index)
    {
        Parameters.OneOf(select, "select",
            "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");
        // There are no secondary indexes, so every name of one is wrong.
        if (index is not null)
            throw DynamoDbErrors.Validation($"The table does not have the specified index: {index}");
        if (select == "ALL_PROJECTED_ATTRIBUTES")
            throw DynamoDbErrors.Validation("One or more parameter values were invalid: "
                + "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        if (select == "SPECIFIC_ATTRIBUTES" && projection is null)
        {
            const string rule =
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES";
            throw DynamoDbErrors.Request(rule, RequestFault.Prefix + rule);
        }

        if (select is "COUNT" or "ALL_ATTRIBUTES" && projection is not null)
            throw DynamoDbErrors.Validation("Cannot specify the ProjectionExpression when choosing to get "
                + (select == "COUNT" ? "only the Count" : "ALL_ATTRIBUTES"));
    }

    public static PageResponse Of(Page page, string? select, Projection? projection) => new(
        select == "COUNT" ? null : [.. page.Items.Select(item => projection?.Apply(item) ?? item)],
        page.Items.Count, page.ScannedCount, page.LastKey);
}
