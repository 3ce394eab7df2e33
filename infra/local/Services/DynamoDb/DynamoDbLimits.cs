namespace Isobar.Local.Services.DynamoDb;

/// <summary>Every number of the service.</summary>
/// <remarks>Source, where nothing else is said: Amazon DynamoDB Developer Guide, "Quotas in Amazon
/// DynamoDB".</remarks>
internal static class DynamoDbLimits
{
    /// <summary>Bytes of one HTTP request.</summary>
    public const int RequestBytes = 16 * 1024 * 1024;

    /// <summary>Bytes of all items in memory, with <see cref="ItemOverheadBytes"/> for each. A limit of this
    /// host.</summary>
    public const long StoredBytes = 512L * 1024 * 1024;

    /// <summary>Bytes that an item costs beyond its attributes.</summary>
    /// <remarks>Source: Developer Guide, "DynamoDB item sizes and formats" (100 bytes for indexing).</remarks>
    public const int ItemOverheadBytes = 100;

    /// <summary>Tables of an account in a Region.</summary>
    public const int Tables = 2_500;

    /// <summary>Bytes of one item, names included.</summary>
    public const int ItemBytes = 400 * 1024;

    /// <summary>Bytes of a partition key's value.</summary>
    public const int HashKeyBytes = 2_048;

    /// <summary>Bytes of a sort key's value.</summary>
    public const int RangeKeyBytes = 1_024;

    /// <summary>Maps and lists around a value.</summary>
    public const int NestingLevels = 32;

    public const int NumberDigits = 38;

    /// <summary>Of a number's leading digit.</summary>
    public const int MinNumberExponent = -130;

    /// <summary>Of a number's leading digit.</summary>
    public const int MaxNumberExponent = 125;

    /// <summary>Bytes of an expression in UTF-8.</summary>
    public const int ExpressionBytes = 4_096;

    /// <summary>Operators and functions in an expression.</summary>
    public const int ExpressionOperators = 300;

    /// <summary>Operands in the list of IN.</summary>
    public const int InOperands = 100;

    /// <summary>Bytes of items that a page of Query or Scan evaluates.</summary>
    public const int PageBytes = 1024 * 1024;

    public const int BatchGetKeys = 100;

    /// <summary>Bytes of items in one BatchGetItem response; further keys come back unprocessed.</summary>
    public const int BatchGetBytes = 16 * 1024 * 1024;

    public const int BatchWriteItems = 25;

    public const int TransactionItems = 100;

    /// <summary>Bytes of all items in a transaction.</summary>
    public const int TransactionBytes = 4 * 1024 * 1024;

    /// <summary>How long a ClientRequestToken is remembered, in service time.</summary>
    /// <remarks>Source: Amazon DynamoDB API Reference, TransactWriteItems.</remarks>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Tokens remembered; past it the oldest is forgotten before its time. A limit of this host.</summary>
    public const int Tokens = 100_000;

    /// <summary>Tables on a page of ListTables.</summary>
    public const int ListTablesPage = 100;

    /// <param name="digits">Significant digits.</param>
    /// <param name="exponent">The leading digit's.</param>
    public static void CheckNumber(int digits, int exponent)
    {
        if (exponent > MaxNumberExponent) throw DynamoDbErrors.NumberOverflow();
        if (exponent < MinNumberExponent) throw DynamoDbErrors.NumberUnderflow();
        if (digits > NumberDigits) throw DynamoDbErrors.TooManyDigits();
    }
}
