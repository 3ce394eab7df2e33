using System;
using System.IO;

namespace Amazon.Kinesis.Model;

/// <summary>A record of a stream.</summary>
public partial class Record
{
    /// <summary>When the stream took it.</summary>
    public DateTime? ApproximateArrivalTimestamp { get; set; }

    public MemoryStream Data { get; set; }

    public string PartitionKey { get; set; }

    /// <summary>Decimal digits; greater for a later record of the same shard.</summary>
    public string SequenceNumber { get; set; }
}
