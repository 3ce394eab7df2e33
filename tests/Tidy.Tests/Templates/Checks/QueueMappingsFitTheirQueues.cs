using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// A batch over 10 needs a batching window; a queue hides a message for six function timeouts and the window; a
/// mapping's
/// maximum concurrency, and a function's mappings together, stay within the reserved concurrency.
/// </summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, Using Lambda with Amazon SQS: configuring a queue, configuring scaling
/// behaviour.
/// </remarks>
internal sealed class QueueMappingsFitTheirQueues : ITemplateCheck
{
    private const int LargestBatchWithoutWindow = 10;
    private const int TimeoutsAMessageIsHidden = 6;

    // What AWS sets where a template says nothing.
    private const double DefaultFunctionTimeout = 3;
    private const double DefaultVisibilityTimeout = 30;

    public IEnumerable<Finding> Find(Template template) =>
        template.Functions.SelectMany(function => Batches(function)
            .Concat(Visibility(template, function))
            .Concat(Concurrency(function)));

    private static IEnumerable<Finding> Batches(TemplateResource function) =>
        from mapping in function.Events("SQS")
        let size = Intrinsic.Number(mapping.Properties["BatchSize"])
        where size > LargestBatchWithoutWindow && !(Window(mapping.Properties) >= 1)
        select new Finding($"{function.Id}.{mapping.Name}", $"a batch of {size} needs a batching window");

    private static IEnumerable<Finding> Visibility(Template template, TemplateResource function) =>
        from mapping in function.Events("SQS")
        let queue = template.Behind(mapping.Properties["Queue"])
        where queue is not null
        let hidden = queue.Number("VisibilityTimeout") ?? DefaultVisibilityTimeout
        let timeout = function.Number("Timeout") ?? DefaultFunctionTimeout
        let needed = TimeoutsAMessageIsHidden * timeout + Window(mapping.Properties)
        where hidden < needed
        select new Finding(queue.Id, $"hides a message for {hidden} s; {function.Id} needs {needed} s");

    private static IEnumerable<Finding> Concurrency(TemplateResource function)
    {
        if (function.Number("ReservedConcurrentExecutions") is not { } reserved) return [];
        var wanted = function.Events("SQS")
            .Sum(mapping => Intrinsic.Number(mapping.Properties["ScalingConfig"]?["MaximumConcurrency"]) ?? 0);
        return wanted > reserved
            ? [new Finding(function.Id, $"reserves {reserved} of the {wanted} invocations that its mappings may make")]
            : [];
    }

    private static double Window(JsonObject mapping) =>
        Intrinsic.Number(mapping["MaximumBatchingWindowInSeconds"]) ?? 0;
}
