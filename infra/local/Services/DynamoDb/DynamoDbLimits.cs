using Isobar.Local.Services.DynamoDb.Tables;

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

    /// <summary>Global secondary indexes of a table.</summary>
    public const int GlobalIndexes = 20;

    /// <summary>Local secondary indexes of a table.</summary>
    public const int LocalIndexes = 5;

    /// <summary>Attributes that one index includes beside the keys.</summary>
    /// <remarks>Source: Amazon DynamoDB API Reference, Projection.</remarks>
    public const int IncludedAttributes = 20;

    /// <summary>The same of all indexes of a table together.</summary>
    public const int IncludedAttributesOfTable = 100;

    /// <summary>Capacity units that a request may provision.</summary>
    /// <remarks>Source: the tests of architect/dynalite, made against AWS.</remarks>
    public const long MaxProvisionedUnits = 1_000_000_000_000;

    /// <summary>What a table or an index on demand can take at once.</summary>
    /// <remarks>Source: answers of AWS recorded by LocalStack's tests in October 2025.</remarks>
    public static readonly ProvisionedUnits OnDemandUnits = new(12_000, 4_000);

    /// <summary>Tags of a table.</summary>
    /// <remarks>Source: Amazon DynamoDB Developer Guide, "Tagging restrictions in DynamoDB"; the lengths as
    /// well.</remarks>
    public const int Tags = 50;

    public const int TagKeyCharacters = 128;

    public const int TagValueCharacters = 256;

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

    /// <summary>How long a stream keeps a change, in service time.</summary>
    /// <remarks>Source: Amazon DynamoDB Developer Guide, "Change data capture for DynamoDB Streams".</remarks>
    public static readonly TimeSpan StreamRetention = TimeSpan.FromHours(24);

    /// <summary>After this long the changes of a table go to a new shard.</summary>
    /// <remarks>This host's number: AWS says only that shards end and begin by themselves.</remarks>
    public static readonly TimeSpan ShardLifetime = TimeSpan.FromHours(4);

    /// <summary>Bytes of the changes in all streams of a Region; past it the oldest are trimmed before their time. A
    /// limit of this host.</summary>
    public const long StreamBytes = 128L * 1024 * 1024;

    /// <summary>Records in one answer of GetRecords.</summary>
    /// <remarks>Source: Amazon DynamoDB Streams API Reference, GetRecords; the size as well.</remarks>
    public const int StreamPage = 1_000;

    public const int StreamPageBytes = 1024 * 1024;

    /// <summary>Streams on a page of ListStreams, and shards on one of DescribeStream.</summary>
    /// <remarks>Source: Amazon DynamoDB Streams API Reference, both operations.</remarks>
    public const int ListStreamsPage = 100;

    /// <summary>How long a shard iterator is valid.</summary>
    /// <remarks>Source: Amazon DynamoDB Streams API Reference, GetShardIterator.</remarks>
    public static readonly TimeSpan IteratorLifetime = TimeSpan.FromMinutes(15);

    /// <summary>An item whose time to live ended longer ago than this is not deleted.</summary>
    /// <remarks>Source: Amazon DynamoDB Developer Guide, "Using time to live (TTL) in DynamoDB".</remarks>
    public static readonly TimeSpan OldestExpiry = TimeSpan.FromDays(5 * 365);

    /// <param name="digits">Significant digits.</param>
    /// <param name="exponent">The leading digit's.</param>
    public static void CheckNumber(int digits, int exponent)
    {
        if (exponent > MaxNumberExponent) throw DynamoDbErrors.NumberOverflow();
        if (exponent < MinNumberExponent) throw DynamoDbErrors.NumberUnderflow();
        if (digits > NumberDigits) throw DynamoDbErrors.TooManyDigits();
    }
}
