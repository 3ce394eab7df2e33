using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// Provisioned concurrency is scaled on an alias that exists by then, and kept at a share of use, not a percentage.
/// </summary>
/// <remarks>Source: AWS Lambda Developer Guide, Managing provisioned concurrency with Application Auto
/// Scaling.</remarks>
internal sealed class ScalingFollowsAnAlias : ITemplateCheck
{
    private const double LeastUtilization = 0.1;
    private const double MostUtilization = 0.9;

    public IEnumerable<Finding> Find(Template template) => Names(template).Concat(Values(template));

    private static IEnumerable<Finding> Names(Template template)
    {
        foreach (var target in template.Of("AWS::ApplicationAutoScaling::ScalableTarget"))
        {
            if (target.Text("ScalableDimension") != "lambda:function:ProvisionedConcurrency") continue;
            var name = Intrinsic.Sub(target.At("ResourceId")) ?? target.Text("ResourceId") ?? "";
            var awaited = template.Functions.ToDictionary(
                function => $"function:${{{function.Id}}}:{function.Text("AutoPublishAlias")}", function => function);
            if (!awaited.TryGetValue(name, out var scaled) || scaled.Text("AutoPublishAlias") is not { } alias)
            {
                yield return new Finding(target.Id, $"'{name}' is no alias that a function here publishes");
                continue;
            }

            var before = Intrinsic.Each(target.Declaration["DependsOn"]).Select(Intrinsic.Text);
            var first = $"{scaled.Id}Alias{alias}";
            if (!before.Contains(first))
                yield return new Finding(target.Id, $"does not depend on {first}, which must exist first");
        }
    }

    private static IEnumerable<Finding> Values(Template template) =>
        from policy in template.Of("AWS::ApplicationAutoScaling::ScalingPolicy")
        let tracking = policy.At("TargetTrackingScalingPolicyConfiguration") as JsonObject
        where Intrinsic.Text(tracking?["PredefinedMetricSpecification"]?["PredefinedMetricType"])
            == "LambdaProvisionedConcurrencyUtilization"
        let value = Intrinsic.Number(tracking?["TargetValue"])
        where value is < LeastUtilization or > MostUtilization
        select new Finding(policy.Id, $"a utilization of {value} is outside {LeastUtilization} to {MostUtilization}");
}
