using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Isobar.Local.Experiments;

namespace Isobar.Local.Commands;

/// <summary>
/// Reads out the experiment of the home page from CloudFront's access log: of AWS or a host, wherever the environment
/// leads the AWS SDK.
/// </summary>
internal static class ExperimentCommand
{
    private const int UsualDays = 14;
    private const string DayFormat = "yyyy-MM-dd";

    public static Command Create()
    {
        var log = new Argument<S3Place?>("log")
        {
            Description = "Where the distribution's access log is: s3://bucket/prefix",
            CustomParser = result => Place(result.Tokens[0].Value, "log", result.AddError),
        };
        var from = DayOption("--from", $"The first day, in UTC [default: {UsualDays} days before the last]");
        var to = DayOption("--to", "The last day, in UTC [default: today]");
        var publish = new Option<S3Place?>("--publish")
        {
            Description = "Also write the read-out for the private page: s3://bucket/private/experiment.json",
            CustomParser = result => Place(result.Tokens[0].Value, "--publish", result.AddError),
        };
        var command = new Command(
            "experiment", "Count who saw which home page and who went on, from CloudFront's access log")
        {
            log, from, to, publish,
        };
        command.SetAction((line, cancellationToken) =>
        {
            var last = line.GetValue(to) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            return RunAsync(
                line.GetValue(log)!, line.GetValue(from) ?? last.AddDays(-UsualDays), last, line.GetValue(publish),
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        S3Place log, DateOnly from, DateOnly to, S3Place? publish, CancellationToken cancellationToken)
    {
        try
        {
            using var s3 = new AmazonS3Client();
            var count = new ExperimentCount();
            await foreach (var line in new AccessLogBucket(s3, log).ReadAsync(from, to, cancellationToken))
                count.Add(line);
            var readOut = count.Read();
            foreach (var line in readOut.Lines()) Console.WriteLine(line);
            if (publish is not null) await PublishAsync(s3, publish, readOut, cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is AmazonClientException or InvalidDataException)
        {
            throw new UsageException($"The access log in s3://{log.Bucket}/{log.Key} can't be read out: {e.Message}");
        }
    }

    private static Task PublishAsync(
        IAmazonS3 s3, S3Place place, ReadOut readOut, CancellationToken cancellationToken) => s3.PutObjectAsync(
        new PutObjectRequest
        {
            BucketName = place.Bucket,
            Key = place.Key,
            ContentBody = JsonSerializer.Serialize(readOut, ReadOutJson.Default.ReadOut),
            ContentType = "application/json",
        },
        cancellationToken);

    private static S3Place? Place(string text, string name, Action<string> addError)
    {
        if (S3Place.TryParse(text) is { } place) return place;
        addError($"{name} takes s3://bucket/key, not '{text}'.");
        return null;
    }

    private static Option<DateOnly?> DayOption(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (DateOnly.TryParseExact(
                text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            result.AddError($"{name} takes a day such as 2026-11-30, not '{text}'.");
            return null;
        },
    };
}
