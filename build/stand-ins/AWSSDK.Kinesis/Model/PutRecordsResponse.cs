using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>What became of each record, in the order of the request.</summary>
public partial class PutRecordsResponse : AmazonWebServiceResponse
{
    public int? FailedRecordCount { get; set; }

    public List<PutRecordsResultEntry> Records { get; set; }
}

/// <summary>Where a record is, or why it was not taken.</summary>
public partial class PutRecordsResultEntry
{
    public string ErrorCode { get; set; }

    public string ErrorMessage { get; set; }

    public string SequenceNumber { get; set; }

    public string ShardId { get; set; }
}
