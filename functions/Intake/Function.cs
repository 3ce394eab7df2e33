using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;

namespace Isobar.Intake;

/// <summary>Invoked asynchronously for every object that lands; opens its job and sends its chunks.</summary>
public sealed class Function(Reception reception)
{
    /// <returns>The jobs of the landed objects, which the on-success destination receives.</returns>
    [LambdaFunction]
    public async Task<Accepted> Handle(S3Event landed, ILambdaContext context)
    {
        using var deadline = new CancellationTokenSource(context.RemainingTime - Reception.Margin);
        var jobs = new List<AcceptedJob>(landed.Records.Count);
        foreach (var record in landed.Records)
            jobs.Add(await reception.ReceiveAsync(LandedObject.From(record.S3), deadline.Token));
        return new Accepted(jobs);
    }
}
