namespace Isobar.Local.Tests.Services.CloudWatch;

internal sealed class AlarmsInRegions : IRegionalService
{
    public string SigningName => "monitoring";

    public Task<(int Status, string Body)> CreateAsync(ServicesOnPortZero host, string name, string region) =>
        PostAsync(host, "PutMetricAlarm",
            $$"""
            {"AlarmName":"{{name}}","Namespace":"app","MetricName":"m","Statistic":"Sum","Period":60,
             "EvaluationPeriods":1,"Threshold":1,"ComparisonOperator":"GreaterThanThreshold"}
            """, region);

    public Task<(int Status, string Body)> ListAsync(ServicesOnPortZero host, string region) =>
        PostAsync(host, "DescribeAlarms", "{}", region);

    public Task<(int Status, string Body)>? Delete(ServicesOnPortZero host, string name, string region) =>
        PostAsync(host, "DeleteAlarms", $$"""{"AlarmNames":["{{name}}"]}""", region);

    private static Task<(int Status, string Body)> PostAsync(
        ServicesOnPortZero host, string operation, string body, string region) =>
        host.JsonAsync("monitoring", $"GraniteServiceVersion20100801.{operation}", body, region);
}
