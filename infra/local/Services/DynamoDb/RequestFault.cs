namespace Isobar.Local.Services.DynamoDb;

/// <summary>
/// Marks an error that DynamoDB finds in the request alone, before it looks for the table. Its text depends on the
/// operation: AWS has renewed the checks of some operations.
/// </summary>
/// <param name="RenewedText">The text of the renewed checks; the error itself has the text of the others.</param>
/// <remarks>
/// Source: paritysuite/dynamodb-conformance, tests of error messages, seen in us-east-1 from August to October 2026.
/// </remarks>
internal sealed record RequestFault(string RenewedText)
{
    /// <summary>Operations that write one item put this before the renewed text.</summary>
    public const string Prefix = "1 validation error detected: ";

    /// <summary>The error as an operation words it.</summary>
    public string TextFor(string operation, string text) => operation switch
    {
        "PutItem" or "UpdateItem" or "DeleteItem" => Prefix + RenewedText,
        "GetItem" or "BatchGetItem" or "Query" => RenewedText,
        _ => text,
    };
}
