using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <summary>Reads one item of a TransactWriteItems request.</summary>
internal static class TransactWrite
{
    /// <exception cref="AwsException">ValidationException: not exactly one action, or members that it has
    /// not.</exception>
    public static ItemWrite Read(TransactWriteItem? item, CallScope scope) => item switch
    {
        { Put: { } put, Update: null, Delete: null, ConditionCheck: null } => Put(put, scope),
        { Put: null, Update: { } update, Delete: null, ConditionCheck: null } => Update(update, scope),
        { Put: null, Update: null, Delete: { } delete, ConditionCheck: null } => Delete(delete, scope),
        { Put: null, Update: null, Delete: null, ConditionCheck: { } check } => Check(check, scope),
        _ => throw DynamoDbErrors.Validation(
            "TransactItems can only contain one of Check, Put, Update or Delete"),
    };

    private static ItemPut Put(TransactAction action, CallScope scope)
    {
        Refuse("Put", ("Key", action.Key), ("UpdateExpression", action.UpdateExpression));
        var table = Parameters.Table(action.TableName, scope);
        var item = Parameters.Required(action.Item, "Item");
        return new ItemPut(table, item, Condition(action), Returns(action));
    }

    private static ItemUpdate Update(TransactAction action, CallScope scope)
    {
        Refuse("Update", ("Item", action.Item));
        var table = Parameters.Table(action.TableName, scope);
        var key = Parameters.Required(action.Key, "Key");
        Parameters.Required(action.UpdateExpression, "UpdateExpression");
        var (update, condition) = WriteExpressions.Update(action.UpdateExpression, action.ConditionExpression,
            action.ExpressionAttributeNames, action.ExpressionAttributeValues);
        return new ItemUpdate(table, key, update, condition, Returns(action));
    }

    private static ItemDelete Delete(TransactAction action, CallScope scope)
    {
        Refuse("Delete", ("Item", action.Item), ("UpdateExpression", action.UpdateExpression));
        var table = Parameters.Table(action.TableName, scope);
        var key = Parameters.Required(action.Key, "Key");
        return new ItemDelete(table, key, Condition(action), Returns(action));
    }

    private static ItemCheck Check(TransactAction action, CallScope scope)
    {
        Refuse("ConditionCheck", ("Item", action.Item), ("UpdateExpression", action.UpdateExpression));
        var table = Parameters.Table(action.TableName, scope);
        var key = Parameters.Required(action.Key, "Key");
        Parameters.Required(action.ConditionExpression, "ConditionExpression");
        return new ItemCheck(table, key, Condition(action)!, Returns(action));
    }

    private static Expressions.Condition? Condition(TransactAction action) => WriteExpressions.Condition(
        action.ConditionExpression, action.ExpressionAttributeNames, action.ExpressionAttributeValues);

    private static bool Returns(TransactAction action) =>
        Parameters.ReturnsItemOnFailure(action.ReturnValuesOnConditionCheckFailure);

    private static void Refuse(string action, params ReadOnlySpan<(string Member, object? Value)> members)
    {
        foreach (var (member, value) in members)
            if (value is not null) throw DynamoDbErrors.NotSupported($"{action} has no parameter {member}.");
    }
}
