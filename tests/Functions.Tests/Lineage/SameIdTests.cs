using Isobar.Domain;
using Isobar.Local.Lineage;
using Isobar.Stations;

namespace Isobar.Functions.Tests.Lineage;

/// <summary>
/// What `isobar explain` knows of the application's ids is written down twice; here both are compared.
/// </summary>
public sealed class SameIdTests
{
    [Theory]
    [InlineData("landing", "a.csv", "v1")]
    [InlineData("landing", "ключ/ü.csv", "")]
    public void The_id_of_a_job_is_the_applications(string bucket, string key, string version) =>
        Assert.Equal(JobId.From(bucket, key, version), LandedObject.JobOf(bucket, key, version));

    [Theory]
    [InlineData("USW00094728")]
    [InlineData("XIW00000001")]
    [InlineData("A_-000000ZZ")]
    public void The_shard_of_a_station_is_the_applications(string station) => Assert.Equal(
        Shard.Of(StationId.Pack(System.Text.Encoding.ASCII.GetBytes(station))),
        ResultObjects.ShardOf(station));

    [Fact]
    public void The_source_and_the_order_of_a_version_are_the_applications()
    {
        var version = new SourceVersion(new ObjectVersion("landing", "ü.csv", "v1", "0055aed6dcd90281e5"), "job");
        Assert.Equal(
            (version.Source, version.Order),
            (StationItems.SourceOf("landing", "ü.csv"), StationItems.OrderOf("0055aed6dcd90281e5")));
    }

    [Fact]
    public void The_keys_of_results_are_the_applications() => Assert.Equal(
        (ObjectKeys.Curated("j", 8), ObjectKeys.Quarantine("j", 8), ObjectKeys.Partial("j", 8, 3)),
        (ResultObjects.Curated("j", 8), ResultObjects.Quarantine("j", 8), ResultObjects.Partial("j", 8, 3)));
}
