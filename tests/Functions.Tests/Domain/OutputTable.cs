using System.Text;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

public sealed class OutputTable
{
    [Theory]
    [InlineData("PRCP,74,,,W,2400", """ "PRCP","value":7.4,"unit":"mm","sFlag":"W","time":"2400" """)]
    [InlineData("TMAX,-4,,,", """ "TMAX","value":-0.4,"unit":"°C" """)]
    [InlineData("TMIN,-0,,,", """ "TMIN","value":0.0,"unit":"°C" """)]
    [InlineData("TAVG,-123,H,,S,", """ "TAVG","value":-12.3,"unit":"°C","mFlag":"H","sFlag":"S" """)]
    [InlineData("TOBS,999999,,,", """ "TOBS","value":99999.9,"unit":"°C" """)]
    [InlineData("AWND,31,,,", """ "AWND","value":3.1,"unit":"m/s" """)]
    [InlineData("SNOW,13,T,,", """ "SNOW","value":13,"unit":"mm","mFlag":"T" """)]
    [InlineData("SNWD,0,,,,0000", """ "SNWD","value":0,"unit":"mm","time":"0000" """)]
    [InlineData("SNOW,13, , , , ", """ "SNOW","value":13,"unit":"mm" """)]
    [InlineData("WSF2,-31,,,", """ "WSF2","value":-31,"unit":"0.1 m/s" """)]
    [InlineData("SN32,150,,,", """ "SN32","value":150,"unit":"0.1 °C" """)]
    [InlineData("SNXX,150,,,", """ "SNXX","value":150 """)]
    [InlineData("WT01,1,,,", """ "WT01","value":1 """)]
    [InlineData("ZZZZ,1,\",,\\", """ "ZZZZ","value":1,"mFlag":"\u0022","sFlag":"\\" """)]
    [InlineData("ZZZZ,1,☂,,\u0001", """ "ZZZZ","value":1,"mFlag":"\u2602","sFlag":"\u0001" """)]
    public async Task An_accepted_row_becomes_a_line_in_units_of_measurement(string fields, string json)
    {
        var file = Encoding.UTF8.GetBytes("USW00094728,20140103," + fields);
        var reading = await Reading.OfAsync(file, 0, file.Length);
        Assert.Equal(
            """{"station":"USW00094728","date":"2014-01-03","element":""" + json.Trim() + "}\n",
            Encoding.UTF8.GetString(reading.Curated));
        Assert.Single(Reading.Lines(reading.Curated));
    }

    [Fact]
    public async Task Quarantine_says_where_and_why_and_keeps_the_row()
    {
        var file = "ID,X\n\nUSW00094728,20140103,PRCP,74,,G,W\r\nbad \"row\"\n"u8.ToArray();
        var reading = await Reading.OfAsync(file, 0, file.Length);
        Assert.Equal(
            """
            {"offset":6,"line":3,"reason":"quality:G","raw":"USW00094728,20140103,PRCP,74,,G,W"}
            {"offset":41,"line":4,"reason":"row:fields","raw":"bad \u0022row\u0022"}

            """,
            Encoding.UTF8.GetString(reading.Quarantine));
        Assert.Equal(new ChunkCounts(4, 2, 0, 1, 0, 1), reading.Result.Counts);
    }

    [Fact]
    public async Task A_row_that_is_not_UTF8_is_kept_as_base64()
    {
        byte[] file = [0x41, 0xFF, 0x00, (byte)'\n'];
        var row = Assert.Single(Reading.Lines((await Reading.OfAsync(file, 0, file.Length)).Quarantine));
        Assert.Equal(file[..3], row.GetProperty("rawBase64").GetBytesFromBase64());
        Assert.False(row.TryGetProperty("raw", out _));
    }

    [Fact]
    public async Task A_missing_row_is_counted_and_written_nowhere()
    {
        var file = "USW00094728,20140103,PRCP,-9999,,,W\n"u8.ToArray();
        var reading = await Reading.OfAsync(file, 0, file.Length);
        Assert.Equal(new ChunkCounts(1, 1, 0, 0, 1, 0), reading.Result.Counts);
        Assert.Empty(reading.Curated);
        Assert.Empty(reading.Quarantine);
        Assert.Equal(0, reading.Result.Months.Count);
    }

    [Fact]
    public async Task A_binary_file_becomes_quarantined_rows()
    {
        var random = new Random(Seeds.Or(42));
        var file = new byte[1_000_000];
        random.NextBytes(file);
        var counts = (await Reading.OfAsync(file, 0, file.Length)).Result.Counts;
        Assert.True(counts.IsBalanced && counts.Malformed == counts.Rows && counts.Rows > 1000);
    }
}
