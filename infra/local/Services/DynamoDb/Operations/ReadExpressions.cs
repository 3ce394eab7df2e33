using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <summary>Reads the projections of reads; every placeholder has to be used.</summary>
internal static class ReadExpressions
{
    /// <returns>Null when there is no expression.</returns>
    public static Projection? Projection(string? projection, Dictionary<string, string>? names)
    {
        var placeholders = new Placeholders(names, null, ("ProjectionExpression", projection));
        var parsed = Expressions.Projection.Parse(projection, placeholders);
        placeholders.RefuseUnused();
        return parsed;
    }

    public static AttributeMap? Cut(AttributeMap? item, Projection? projection) =>
        item is null || projection is null ? item : projection.Apply(item);
}
