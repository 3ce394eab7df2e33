using System.Text;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

public sealed class StationNamesTests
{
    [Fact]
    public void A_station_has_the_name_of_its_line_and_an_unknown_one_has_none()
    {
        var names = Read("id,name\nXIW00000002,Windgap Pass, upper hut\n");

        Assert.Equal("Windgap Pass, upper hut", names.Of("XIW00000002"));
        Assert.Null(names.Of("XIW00000003"));
        Assert.Null(names.Of("../XIW00000002"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("XIW00000002,Windgap Pass\n")]
    [InlineData("id,name\nXIW1,Short\n")]
    [InlineData("id,name\nXIW00000002,\n")]
    [InlineData("id,name\nXIW00000002,One\nXIW00000002,Two\n")]
    public void Anything_but_ids_and_names_is_refused(string content) =>
        Assert.Throws<InvalidDataException>(() => Read(content));

    [Fact]
    public void The_bound_on_stations_holds()
    {
        var content = new StringBuilder("id,name\n");
        for (var station = 0; station <= StationNames.MaxStations; station++)
            content.Append($"XI{station:D9},x\n");

        Assert.Throws<InvalidDataException>(() => Read(content.ToString()));
    }

    [Fact]
    public void The_layers_own_names_can_be_read()
    {
        using var content = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "stations.csv"));

        Assert.Equal("New York Central Park", StationNames.Read(content).Of("USW00094728"));
    }

    private static StationNames Read(string content) =>
        StationNames.Read(new MemoryStream(Encoding.UTF8.GetBytes(content)));
}
