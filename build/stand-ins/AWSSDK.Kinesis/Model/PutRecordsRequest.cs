using System.Collections.Generic;
using System.IO;

namespace Amazon.Kinesis.Model;

/// <summary>Up to 500 records for a stream.</summary>
public partial class PutRecordsRequest : AmazonKinesisRequest
{
    public List<PutRecordsRequestEntry> Records { get; set; }

    public string StreamName { get; set; }
}

/// <summary>A record to put.</summary>
public partial class PutRecordsRequestEntry
{
    public MemoryStream Data { get; set; }

    public string PartitionKey { get; set; }
}
