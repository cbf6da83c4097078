package dev.baton.globaldatastore.aws;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** ElastiCache's answers in XML. */
final class Answers {
  static final String REQUEST_ID = "7f8b6a52-0000-4444-8888-c0ffee000001";
  private static final String NAMESPACE = "http://elasticache.amazonaws.com/doc/2015-02-02/";

  private Answers() {}

  static String failoverAccepted() {
    return answer("FailoverGlobalReplicationGroup", group("ldgnf-sessions"));
  }

  static String page(String marker, String... ids) {
    var groups = Stream.of(ids).map(Answers::group).collect(Collectors.joining());
    var next = marker.isEmpty() ? "" : "<Marker>" + marker + "</Marker>";
    return answer(
        "DescribeGlobalReplicationGroups",
        next + "<GlobalReplicationGroups>" + groups + "</GlobalReplicationGroups>");
  }

  /** One replication group, with whatever else is said of it. */
  static String replicationGroup(String id, String more) {
    return replicationGroup(id, more, "");
  }

  /** The same, with what is said of the page. */
  static String replicationGroup(String id, String more, String ofPage) {
    return answer(
        "DescribeReplicationGroups",
        ofPage
            + "<ReplicationGroups><ReplicationGroup><ReplicationGroupId>%s</ReplicationGroupId>%s</ReplicationGroup></ReplicationGroups>"
                .formatted(id, more));
  }

  static String endpoint(String name, String address) {
    return "<%1$s><Address>%2$s</Address><Port>6379</Port></%1$s>".formatted(name, address);
  }

  static String error(String code) {
    return error(code, "said " + code);
  }

  static String error(String code, String message) {
    return "<ErrorResponse xmlns=\"%s\"><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>%s</RequestId></ErrorResponse>"
        .formatted(NAMESPACE, code, message, REQUEST_ID);
  }

  private static String answer(String action, String result) {
    return "<%1$sResponse xmlns=\"%2$s\"><%1$sResult>%3$s</%1$sResult><ResponseMetadata><RequestId>%4$s</RequestId></ResponseMetadata></%1$sResponse>"
        .formatted(action, NAMESPACE, result, REQUEST_ID);
  }

  private static String group(String id) {
    return """
    <GlobalReplicationGroup><GlobalReplicationGroupId>%s</GlobalReplicationGroupId>\
    <GlobalReplicationGroupDescription>Sessions</GlobalReplicationGroupDescription>\
    <Status>available</Status><CacheNodeType>cache.r7g.large</CacheNodeType>\
    <Engine>valkey</Engine><EngineVersion>8.1</EngineVersion><Members>\
    <GlobalReplicationGroupMember><ReplicationGroupId>sessions-use1</ReplicationGroupId>\
    <ReplicationGroupRegion>us-east-1</ReplicationGroupRegion><Role>PRIMARY</Role>\
    <AutomaticFailover>enabled</AutomaticFailover><Status>associated</Status>\
    </GlobalReplicationGroupMember><GlobalReplicationGroupMember>\
    <ReplicationGroupId>sessions-usw2</ReplicationGroupId>\
    <ReplicationGroupRegion>us-west-2</ReplicationGroupRegion><Role>SECONDARY</Role>\
    <AutomaticFailover>disabled</AutomaticFailover><Status>associated</Status>\
    </GlobalReplicationGroupMember></Members><ClusterEnabled>true</ClusterEnabled>\
    <GlobalNodeGroups><GlobalNodeGroup><GlobalNodeGroupId>ldgnf-sessions-0001</GlobalNodeGroupId>\
    <Slots>0-16383</Slots></GlobalNodeGroup></GlobalNodeGroups>\
    <AuthTokenEnabled>false</AuthTokenEnabled>\
    <TransitEncryptionEnabled>true</TransitEncryptionEnabled>\
    <AtRestEncryptionEnabled>true</AtRestEncryptionEnabled>\
    <ARN>arn:aws:elasticache::123456789012:globalreplicationgroup:%s</ARN>\
    </GlobalReplicationGroup>\
    """
        .formatted(id, id);
  }
}
