using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <summary>Reads the expressions of writes; every placeholder has to be used.</summary>
internal static class WriteExpressions
{
    /// <returns>Null when there is no condition.</returns>
    public static Condition? Condition(
        string? condition, Dictionary<string, string>? names, PlaceholderValues? values)
    {
        var placeholders = new Placeholders(names, values, ("ConditionExpression", condition));
        var parsed = ConditionParser.Parse("ConditionExpression", condition, placeholders);
        placeholders.RefuseUnused();
        return parsed;
    }

    public static (Update? Update, Condition? Condition) Update(
        string? update, string? condition, Dictionary<string, string>? names, PlaceholderValues? values)
    {
        var placeholders = new Placeholders(
            names, values, ("UpdateExpression", update), ("ConditionExpression", condition));
        var parsedUpdate = UpdateParser.Parse(update, placeholders);
        var parsedCondition = ConditionParser.Parse("ConditionExpression", condition, placeholders);
        placeholders.RefuseUnused();
        return (parsedUpdate, parsedCondition);
    }
}
