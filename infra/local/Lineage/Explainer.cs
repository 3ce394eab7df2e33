namespace Isobar.Local.Lineage;

/// <summary>Explains what is asked for, from what a deployed stack has stored and logged.</summary>
/// <param name="clients">Of the account, or the host, where the stack is.</param>
/// <param name="live">The core stack's live stack; null if it has none.</param>
/// <param name="since">How long ago the first lines are that are read for a request id.</param>
internal sealed class Explainer(
    AwsClients clients, StackNames stack, StackNames? live, DateTimeOffset now, TimeSpan since)
{
    private readonly WaysBack ways = new(stack);
    private readonly LogSearch logs = new(clients.Logs, stack.LogGroups);
    private readonly ResultObjects results = new(clients.S3, stack.DataBucket);
    private readonly LandedVersions landed = new(clients.S3);

    private readonly FailureQueues queues = new(clients.Sqs, stack);

    /// <summary>Null where the stack has no table of stations: an earlier version of the application.</summary>
    private readonly StationItems? stations = stack.OptionalOutput("StationsTableName") is { } table
        ? new StationItems(clients.DynamoDb, table)
        : null;

    /// <param name="text">As it was typed.</param>
    /// <exception cref="LineageException">There is nothing like that, or it can't be read.</exception>
    public async Task<Explanation> ExplainAsync(string text, Asked asked, CancellationToken cancellationToken)
    {
        var explanation = new Explanation(text);
        var catalogue = stack.OptionalOutput("CatalogTableName") is { } table
            ? new CatalogueLineage(clients.DynamoDb, table, queues, ways, now)
            : null;
        var jobs = new JobLineage(stack, clients.DynamoDb, landed, results, stations, catalogue, logs, ways, now);
        switch (asked)
        {
            case AskedJob job:
                await jobs.AddAsync(explanation, job.Job, chunk: null, cancellationToken);
                break;
            case AskedRow row:
                await Rows(jobs).AddAsync(explanation, row, cancellationToken);
                break;
            case AskedRowOfJob row:
                await Rows(jobs).AddAsync(explanation, row, cancellationToken);
                break;
            case AskedRequest request:
                await new RequestLineage(AllLogs(), Telemetry(), jobs, Imports(jobs), ways, stack.DataBucket)
                    .AddAsync(explanation, request.Id, now - since, cancellationToken);
                break;
            case AskedImport import:
                if (!await Imports(jobs).AddAsync(explanation, import.Id, cancellationToken))
                    throw new LineageException(
                        $"The table {stack.ImportsTable} has no import {import.Id}. "
                        + "POST /imports answers with the id.");
                break;
            case AskedMonth month:
                await new MonthLineage(
                        stations ?? throw new LineageException(
                            $"The stack {stack.Stack} has no table of stations: it is another version of it."),
                        results, jobs)
                    .AddAsync(explanation, month, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"{asked} is not explained.");
        }

        return explanation;
    }

    private LogSearch AllLogs() => new(
        clients.Logs, stack.LogGroups.Concat(live?.LogGroups ?? new Dictionary<string, string>())
            .DistinctBy(group => group.Key).ToDictionary());

    private RowLineage Rows(JobLineage jobs) => new(clients.S3, landed, results, jobs, stations);

    private ImportLineage Imports(JobLineage jobs) => new(clients.DynamoDb, stack, jobs, queues, ways);

    private TelemetryObjects Telemetry() => new(clients.S3, stack);
}
