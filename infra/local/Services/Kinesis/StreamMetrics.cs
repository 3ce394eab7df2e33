namespace Isobar.Local.Services.Kinesis;

/// <summary>The metrics of streams in the namespace <c>AWS/Kinesis</c>.</summary>
/// <remarks>
/// Source: Amazon Kinesis Data Streams Developer Guide, "Monitor the Amazon Kinesis Data Streams service with Amazon
/// CloudWatch", "Basic stream-level metrics".
/// </remarks>
internal static class StreamMetrics
{
    public static IEnumerable<MetricDatum> Of(RecordsPut put)
    {
        if (put.Put > 0)
        {
            yield return Datum(put, "IncomingRecords", put.Put);
            yield return Datum(put, "IncomingBytes", put.Bytes, "Bytes");
            yield return Datum(put, $"{put.Operation}.Bytes", put.Bytes, "Bytes");
        }

        yield return Datum(put, $"{put.Operation}.Success", put.Put > 0 ? 1 : 0);
        if (put.Operation == "PutRecords")
        {
            yield return Datum(put, "PutRecords.TotalRecords", put.Put + put.Throttled);
            yield return Datum(put, "PutRecords.SuccessfulRecords", put.Put);
            yield return Datum(put, "PutRecords.FailedRecords", 0);
            yield return Datum(put, "PutRecords.ThrottledRecords", put.Throttled);
        }

        yield return Datum(put, "WriteProvisionedThroughputExceeded", put.Throttled);
    }

    public static IEnumerable<MetricDatum> Of(RecordsRead read)
    {
        yield return Datum(read, "GetRecords.Bytes", read.Bytes, "Bytes");
        yield return Datum(
            read, "GetRecords.IteratorAgeMilliseconds", Math.Floor(read.Age.TotalMilliseconds),
            MetricUnit.Milliseconds);
        yield return Datum(read, "GetRecords.Records", read.Records);
        yield return Datum(read, "GetRecords.Success", 1);
        yield return Datum(read, "ReadProvisionedThroughputExceeded", 0);
    }

    public static IEnumerable<MetricDatum> Of(ReadThrottled throttled) =>
        [Datum(throttled, "GetRecords.Success", 0), Datum(throttled, "ReadProvisionedThroughputExceeded", 1)];

    private static MetricDatum Datum(IStreamFact fact, string name, double value, string unit = MetricUnit.Count) =>
        new(new Metric("AWS/Kinesis", name, new MetricDimension("StreamName", fact.Stream)), value, unit);
}
